curl -d "username=jpulgarin&password=GGGGGG" http://www.yourdomain.com/token/new.json
