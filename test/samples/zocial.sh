# Set token as environment variable
export ZOCIAL_API_TOKEN="your_token_here"

# Make API request
curl -X GET "https://your-domain.com/api/campaigns/" \
-H "Authorization: Bearer $ZOCIAL_API_TOKEN" \
-H "Content-Type: application/x-www-form-urlencoded"
