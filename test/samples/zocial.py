import os
import requests
def api_request(endpoint, options=None):
    token = os.environ.get('ZOCIAL_API_TOKEN') # Store in environment variable
    headers = {
        'Authorization': f'Bearer {token}',
        'Content-Type': 'application/x-www-form-urlencoded'
    }
    if options:
        headers.update(options.get('headers', {}))
    response = requests.get(
        f'https://your-domain.com/api/{endpoint}',
        headers=headers,
        **options
    )
    response.raise_for_status()
    return response.json()
# Example usage
campaigns = api_request('campaigns/')
