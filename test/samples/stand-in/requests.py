"""The four calls of `requests` that the samples make, over the standard library; used only where the real one is missing."""

import http.client
import json as _json
from urllib.parse import urlencode, urlsplit


class HTTPError(Exception):
    pass


class Response:
    def __init__(self, status, body):
        self.status_code = status
        self.text = body

    def json(self):
        return _json.loads(self.text)

    def raise_for_status(self):
        if self.status_code >= 400:
            raise HTTPError(f'{self.status_code} Error')


def _send(method, url, headers=None, data=None):
    parts = urlsplit(url)
    sent = dict(headers or {})
    if isinstance(data, dict):
        data = urlencode(data)
        sent.setdefault('Content-Type', 'application/x-www-form-urlencoded')
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
    connection.request(method, parts.path + (f'?{parts.query}' if parts.query else ''), body=data, headers=sent)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return Response(answer.status, body)


def get(url, headers=None):
    return _send('GET', url, headers=headers)


def post(url, data=None, headers=None):
    return _send('POST', url, headers=headers, data=data)
