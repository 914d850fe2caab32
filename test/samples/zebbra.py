import requests
import json
form_data = {
    "username": "charlie_brown@example.com",
    "first_name": "Charlie",
    "last_name": "Brown",
    "new_workspace_name": "My Workspace",
    "password": "secret"
}
r = requests.post(
    "http://localhost:8000/register",
    data=json.dumps(form_data),
)
print(r.json())

r = requests.post(
    'http://localhost:8000/token',
    data={
        'username': 'charlie_brown@example.com',
        'password': 'secret'
    }
)
print(r.json())

r = requests.get(
    "http://localhost:8000/user",
    headers={
        "Authorization": f"Bearer eyJhbGciO..."
    }
)
print(r.json())

r = requests.get(
    "http://localhost:8000/token/expired",
    headers={
        "Authorization": f"Bearer eyJhbGciO..."
    }
)
print(r.json())
