curl -X POST 'https://your.instance.url/oauth/token' \
-H 'Content-Type:application/json' \
-d '{
"redirect_uri": "urn:ietf:wg:oauth:2.0:oob",
"client_id": "your_new_client_id",
"client_secret": "your_new_client_secret",
"grant_type": "authorization_code",
"code": "WBANQAXXHDN9KJQZXGWNQANA4V9EJWMUDHVCUUM3JHYAB3DP"
}'
