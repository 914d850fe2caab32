// API request with Bearer token
async function apiRequest(endpoint, options = {}) {
  const token = process.env.ZOCIAL_API_TOKEN; // Store in environment variable
  const response = await fetch(`https://your-domain.com/api/${endpoint}`, {
    ...options,
    headers: {
      'Authorization': `Bearer ${token}`,
      'Content-Type': 'application/x-www-form-urlencoded',
      ...options.headers
    }
  });
  if (!response.ok) {
    throw new Error(`API request failed: ${response.status}`);
  }
  return response.json();
}
// Example usage
const campaigns = await apiRequest('campaigns/');
