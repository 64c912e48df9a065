"""`gatehouse export` before the real parts: kube-apiserver takes the objects, oauth2-proxy their arguments, Keycloak the realm."""
import json
import urllib.error
import urllib.request

import cluster
import labs
import parts
from scenario import check, same, scenario

# A mistake for each kind of object: (in a file, what is right, what is wrong, what the API server says).
MISTAKES = [
    ("namespaces.yaml", "name: sso", "name: SSO", "lowercase RFC 1123"),
    ("secrets.yaml", "stringData:", "stringdata:", "unknown field"),
    ("controller.yaml", '"true"', "true", "bool"),
    ("gates.yaml", "containerPort: 4180", "containerPort: 99999", "between 1 and 65535"),
    ("gates.yaml", "readOnlyRootFilesystem", "readonlyRootFilesystem", "unknown field"),
    ("gates.yaml", "  selector:\n    matchLabels:\n      app.kubernetes.io/name: oauth2-proxy",
     "  selector:\n    matchLabels:\n      app.kubernetes.io/name: other", "does not match template"),
    ("services.yaml", "port: 80\n", "port: 0\n", "between 1 and 65535"),
    ("whoami.yaml", "image: ", "imagine: ", "unknown field"),
    ("ingresses.yaml", "pathType: Prefix", "pathType: prefix", "Unsupported value"),
    ("ingresses.yaml", "host: whoami.domain.tld", "host: Whoami_domain", "lowercase RFC 1123"),
    ("ingresses.yaml", "ingressClassName", "ingressClass", "unknown field"),
    ("keycloak-realms.yaml", "keycloakCRName", "keycloakCrName", "unknown field"),
]


def in_namespace(lab, name):
    """The story in a namespace of its own, so that the set has a Namespace as well."""
    for part in (*lab["gates"], *lab["ingresses"], *lab["services"]):
        part["namespace"] = name
    return lab


def export(stage, lab, secrets, name):
    folder = parts.folder() / name
    stage.desk(secrets).say("export", labs.write(lab, name), "--to", "ingress-nginx", "--out", folder, "--secret-values")
    return folder


def objects(folder):
    names = [n for n in (folder / "kustomization.yaml").read_text().split() if n.endswith(".yaml")]
    return {n: cluster.documents((folder / n).read_text()) for n in names}


def prepared(api):
    api.define_realm_imports()
    for name in ("keycloak", "ingress-nginx"):
        api.accept(f"apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {name}\n")


@scenario(needs=["kube-apiserver", "etcd", "gatehouse"])
def the_real_api_server_judges_the_set(stage):
    """Every exported object is accepted, pods by the restricted standard too; a mistake in each is refused."""
    folder = export(stage, in_namespace(labs.story(), "sso"), labs.Secrets(), "judged")
    with cluster.ApiServer() as api:
        stage.note(f"API server after {api.seconds:.1f} s")
        prepared(api)
        kinds = []
        for documents in objects(folder).values():
            for document in documents:
                api.accept(document)
                kinds.append(cluster.kind_of(document))
        same(sorted(set(kinds)), ["ConfigMap", "Deployment", "Ingress", "KeycloakRealmImport", "Namespace", "Secret", "Service"],
             "the kinds of the set")
        for name in ("oauth2-proxy", "whoami"):  # a bare Pod is refused by the standard, a Deployment only warned of
            template = api.get("Deployment", "sso", name)["spec"]["template"]
            pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": "sso"}, "spec": template["spec"]}
            api.accept(json.dumps(pod), dry=True, kind="application/json")
            pod["spec"]["containers"][0]["securityContext"]["allowPrivilegeEscalation"] = True
            status, words = api.create(json.dumps(pod), dry=True, kind="application/json")
            check(status == 403 and "violates PodSecurity" in words, f"the standard is not held: {status} {words}")
        for file, right, wrong, words in MISTAKES:
            text = (folder / file).read_text()
            check(right in text, f"{file} has no {right!r}")
            broken = cluster.documents(text.replace(right, wrong))
            changed = [d for d, before in zip(broken, cluster.documents(text)) if d != before]
            status, said = api.create(changed[0], dry=True)
            check(status in (400, 422) and words in said, f"{file} with {wrong!r}: {status} {said}")
        stage.note(f"{len(kinds)} objects accepted, {len(MISTAKES)} mistakes refused")


@scenario(needs=["kube-apiserver", "etcd", "oauth2-proxy", "keycloak", "gatehouse"])
def the_real_gate_starts_as_exported(stage):
    """Arguments and secrets as the cluster holds them: oauth2-proxy answers /ping and /ready and sends to the realm."""
    secrets, k = labs.Secrets(), stage.keycloak()
    lab = labs.story()
    lab["providers"] = [{"name": "keycloak", "url": k.url, "realms": [labs.realm("exported")], "runs": {"external": {}}}]
    lab["gates"][0]["options"]["oidc-issuer-url"] = k.issuer("exported")
    folder = export(stage, lab, secrets, "exported")
    k.admin.create_realm(json.loads((folder / "realm-exported.json").read_text()))
    with cluster.ApiServer() as api:
        prepared(api)
        for documents in objects(folder).values():
            for document in documents:
                api.accept(document)
        container = api.get("Deployment", "default", "oauth2-proxy")["spec"]["template"]["spec"]["containers"][0]
        secret = api.get("Secret", "default", "oauth2-proxy")
    same([e["name"] for e in container["env"]], ["OAUTH2_PROXY_CLIENT_SECRET", "OAUTH2_PROXY_COOKIE_SECRET"], "the environment")
    environment = {e["name"]: cluster.secret_value(secret, e["valueFrom"]["secretKeyRef"]["key"]) for e in container["env"]}
    same(environment["OAUTH2_PROXY_CLIENT_SECRET"], secrets["oauth2-proxy-client"], "the client's secret")
    check(not any(value in arg for value in secrets.values.values() if value != "admin" for arg in container["args"]),
          "a secret among the arguments")
    options = {}
    for argument in container["args"]:
        name, value = argument.removeprefix("--").split("=", 1)
        options.setdefault(name, []).append(value)
    same(options.pop("http-address"), ["0.0.0.0:4180"], "where it listens in the cluster")
    gate = parts.OAuth2Proxy(options, environment)
    with gate:
        for probe in ("livenessProbe", "readinessProbe"):
            with urllib.request.urlopen(gate.url + container[probe]["httpGet"]["path"], timeout=10) as answer:
                same(answer.status, 200, probe)
        opener = urllib.request.build_opener(NoRedirect)
        try:
            opener.open(gate.url + "/oauth2/start?rd=/", timeout=10)
        except urllib.error.HTTPError as answer:
            same(answer.code, 302, "/oauth2/start")
            check(answer.headers["Location"].startswith(k.issuer("exported") + "/protocol/openid-connect/auth?"),
                  f"it sends to {answer.headers['Location'][:200]}")
        else:
            raise AssertionError("/oauth2/start does not redirect")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None
