"""Writes what a kubeconfig says into files: the server's address, whom to trust, and who is calling."""

import base64
import pathlib
import sys

import yaml

source, directory = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
config = yaml.safe_load(source.read_text())
cluster, user = config["clusters"][0]["cluster"], config["users"][0]["user"]


def pem(where, name):
    if name + "-data" in where:
        return base64.b64decode(where[name + "-data"]).decode()
    return (source.parent / where[name]).read_text()


client = directory / "client.pem"
client.touch(mode=0o600)
client.write_text(pem(user, "client-certificate") + pem(user, "client-key"))
(directory / "ca.pem").write_text(pem(cluster, "certificate-authority"))
(directory / "server").write_text(cluster["server"])
