"""A real kube-apiserver with etcd behind it: no nodes and no controllers, but every rule of what a cluster takes."""
import base64
import http.client
import json
import re
import ssl
import tempfile
import time
from pathlib import Path

import parts

TOKEN = "peers-token-0001"

# The operator's own definition is in no registry: this one has its frame (operator guide, "Realm import"); the realm
# itself is judged by a real Keycloak.
REALM_IMPORTS = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: keycloakrealmimports.k8s.keycloak.org}
spec:
  group: k8s.keycloak.org
  names: {kind: KeycloakRealmImport, listKind: KeycloakRealmImportList, plural: keycloakrealmimports, singular: keycloakrealmimport}
  scope: Namespaced
  versions:
  - name: v2alpha1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, required: [keycloakCRName, realm], properties: {
      keycloakCRName: {type: string},
      placeholders: {type: object, additionalProperties: {type: object, properties: {secret: {type: object, required: [name, key],
        properties: {name: {type: string}, key: {type: string}, optional: {type: boolean}}}}}},
      realm: {type: object, required: [realm], properties: {realm: {type: string}, enabled: {type: boolean}},
        x-kubernetes-preserve-unknown-fields: true}}}}}}
"""

PLURALS = {"Namespace": "/api/v1/namespaces", "ConfigMap": "/api/v1/namespaces/{}/configmaps",
           "Secret": "/api/v1/namespaces/{}/secrets", "Service": "/api/v1/namespaces/{}/services",
           "Pod": "/api/v1/namespaces/{}/pods", "Deployment": "/apis/apps/v1/namespaces/{}/deployments",
           "Ingress": "/apis/networking.k8s.io/v1/namespaces/{}/ingresses",
           "KeycloakRealmImport": "/apis/k8s.keycloak.org/v2alpha1/namespaces/{}/keycloakrealmimports",
           "CustomResourceDefinition": "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"}


class Etcd(parts.Process):
    def __init__(self, home):
        self.port, peer = parts.free_port(), parts.free_port()
        url = f"http://127.0.0.1:{self.port}"
        super().__init__("etcd", [parts.path("etcd"), f"--data-dir={home / 'etcd'}", f"--listen-client-urls={url}",
                                  f"--advertise-client-urls={url}", f"--listen-peer-urls=http://127.0.0.1:{peer}",
                                  "--unsafe-no-fsync", "--log-level=error"], patience=30)

    def ready(self):
        return parts.listens(self.port)


class ApiServer(parts.Process):
    """Use as a context manager: etcd comes and goes with it, this one first (etcd gone, it would hang)."""

    def __init__(self):
        self.home = Path(tempfile.mkdtemp(prefix="cluster-", dir=parts.folder()))
        self.etcd = Etcd(self.home)
        self.port = parts.free_port()
        key, public = self.home / "sa.key", self.home / "sa.pub"
        parts.run("openssl", "genrsa", "-out", key, "2048")
        parts.run("openssl", "rsa", "-in", key, "-pubout", "-out", public)
        tokens = self.home / "tokens.csv"
        tokens.write_text(f'{TOKEN},admin,1,"system:masters"\n')
        super().__init__("kube-apiserver", [
            parts.path("kube-apiserver"), f"--etcd-servers=http://127.0.0.1:{self.etcd.port}", "--bind-address=127.0.0.1",
            f"--secure-port={self.port}", f"--cert-dir={self.home / 'certs'}",
            "--service-account-issuer=https://kubernetes.default.svc", f"--service-account-key-file={public}",
            f"--service-account-signing-key-file={key}", f"--token-auth-file={tokens}",
            "--service-cluster-ip-range=10.0.0.0/24", "--disable-admission-plugins=ServiceAccount"], patience=90)

    def start(self):
        self.etcd.start()
        try:
            return super().start()
        except BaseException:
            self.etcd.stop()
            raise

    def stop(self, *more, **named):
        status = super().stop(*more, **named)
        self.etcd.stop()
        return status

    def ready(self):
        try:
            return self.ask("GET", "/readyz")[0] == 200 and self.ask("GET", "/api/v1/namespaces/default")[0] == 200
        except OSError:
            return False

    def ask(self, method, path, body=None, kind="application/yaml"):
        """Status and text; the server's own certificate is of this run and on loopback."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30, context=context)
        try:
            headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": kind, "Accept": "application/json"}
            connection.request(method, path, body=body.encode() if body else None, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def get(self, kind, namespace, name):
        status, text = self.ask("GET", f"{PLURALS[kind].format(namespace)}/{name}")
        if status != 200:
            raise AssertionError(f"{kind} {namespace}/{name}: {status} {text[:300]}")
        return json.loads(text)

    def create(self, document, dry=False, kind="application/yaml"):
        """Status and the server's words; unknown fields are refused as by kubectl."""
        what = kind_of(document)
        where = PLURALS[what].format(namespace_of(document))
        status, text = self.ask("POST", f"{where}?fieldValidation=Strict{'&dryRun=All' if dry else ''}", document, kind)
        return status, json.loads(text).get("message", "") if text.startswith("{") else text

    def accept(self, document, **more):
        status, text = self.create(document, **more)
        if status != 201:
            raise AssertionError(f"the API server refuses {kind_of(document)} with {status}: {text}\n{document}")

    def define_realm_imports(self):
        self.accept(REALM_IMPORTS)
        end = time.monotonic() + 30  # a definition just made is not served yet
        while self.ask("GET", PLURALS["KeycloakRealmImport"].format("default"))[0] != 200:
            if time.monotonic() > end:
                raise parts.Failed("KeycloakRealmImport is not served after 30 s")
            time.sleep(0.2)


def documents(text):
    """The objects of one of our files: no scalar of theirs holds a line of three dashes."""
    return [d for d in re.split(r"(?m)^---\n", text) if re.search(r"(?m)^kind:", d)]


def kind_of(document):
    return json.loads(document)["kind"] if document.startswith("{") else re.search(r"(?m)^kind: (\w+)", document).group(1)


def namespace_of(document):
    if document.startswith("{"):
        return json.loads(document)["metadata"].get("namespace", "default")
    found = re.search(r"(?m)^  namespace: (\S+)", document)
    return found.group(1) if found else "default"


def secret_value(secret, key):
    return base64.b64decode(secret["data"][key]).decode()
