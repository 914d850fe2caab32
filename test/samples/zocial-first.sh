curl -X GET "https://your-domain.com/api/campaigns/" \
-H "Authorization: Bearer eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9..." \
-H "Content-Type: application/x-www-form-urlencoded"
