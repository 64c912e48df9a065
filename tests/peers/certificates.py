"""A certificate authority of this run and leaves for the names that a scenario serves, made by openssl."""
import parts


def make(*names):
    """(ca, certificate, key) as files, the leaf for these host names and addresses; P-256, one day."""
    folder = parts.folder()
    ca, ca_key = folder / "ca.pem", folder / "ca.key"
    if not ca.exists():
        must("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", ca_key, "-out", ca,
             "-days", "1", "-subj", "/CN=Peers of this run", "-addext", "basicConstraints=critical,CA:TRUE",
             "-addext", "keyUsage=critical,keyCertSign,cRLSign")
    stem = folder / names[0].replace("*", "_")
    request, leaf, key = stem.with_suffix(".csr"), stem.with_suffix(".crt"), stem.with_suffix(".key")
    alternatives = ",".join(("IP:" if n[0].isdigit() else "DNS:") + n for n in names)
    extensions = stem.with_suffix(".ext")
    extensions.write_text(f"subjectAltName={alternatives}\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n")
    must("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", request,
         "-subj", "/CN=" + names[0])
    must("x509", "-req", "-in", request, "-CA", ca, "-CAkey", ca_key, "-CAcreateserial", "-days", "1", "-extfile", extensions,
         "-out", leaf)
    return ca, leaf, key


def must(*arguments):
    done = parts.run("openssl", *arguments)
    if done.returncode:
        raise parts.Failed(f"openssl {arguments[0]}: {done.stderr}")
