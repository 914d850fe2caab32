curl http://www.yourdomain.com/token/2uy-420a8efff7f882afc20d/1.json
