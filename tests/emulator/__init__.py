"""Deploys the built template to an emulator of AWS and runs it there: `make emulate`."""
