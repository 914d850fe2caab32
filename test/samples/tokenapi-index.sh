curl -d "user=1&token=2uy-420a8efff7f882afc20d" http://www.yourdomain.com/index.json
