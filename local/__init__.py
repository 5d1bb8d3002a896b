"""Runs what template.yaml declares on this machine, on moto: the local digest, and what the chain tests stand on."""
