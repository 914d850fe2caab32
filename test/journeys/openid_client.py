"""An OpenID Connect client with Authlib. The first line of its input is where the browser was sent; its output are JSON lines."""
import json
import os
import sys

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, JsonWebToken
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata, get_well_known_url

issuer, client_id, secret, callback = (os.environ[name] for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "CALLBACK"))


def say(**facts):
    print(json.dumps(facts), flush=True)


server = OpenIDProviderMetadata(requests.get(get_well_known_url(issuer, external=True)).json())
if issuer.startswith("https:"):
    server.validate()
client = OAuth2Session(
    client_id,
    secret,
    scope="openid email offline_access",
    redirect_uri=callback,
    code_challenge_method="S256",
    token_endpoint=server["token_endpoint"],
)
verifier, nonce = generate_token(48), generate_token()
address, state = client.create_authorization_url(server["authorization_endpoint"], code_verifier=verifier, nonce=nonce)
say(address=address)

token = client.fetch_token(authorization_response=sys.stdin.readline().strip(), code_verifier=verifier, state=state)
keys = JsonWebKey.import_key_set(requests.get(server["jwks_uri"]).json())


def read(token, **checks):
    claims = JsonWebToken(["RS256"]).decode(
        token["id_token"],
        keys,
        claims_cls=CodeIDToken,
        claims_options={"iss": {"value": server["issuer"]}, "aud": {"value": client_id}},
        claims_params={"client_id": client_id, "access_token": token["access_token"], **checks},
    )
    claims.validate(leeway=60)
    return claims


first = read(token, nonce=nonce)
info = client.get(server["userinfo_endpoint"]).json()
renewed = read(client.refresh_token(server["token_endpoint"], token["refresh_token"]))
say(claims=first, info=info, renewed=renewed)
