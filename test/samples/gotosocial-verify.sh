curl -X GET 'https://your.instance.url/api/v1/accounts/verify_credentials' \
-H 'Content-Type:application/json' \
-H 'Authorization:Bearer your_brand_new_token'
