"""Makes an environment of pinned packages, or mends one that is half made, and shows what it does.

Usage: environment.py <folder> <file to touch at the end> <requirements file>...
"""

import platform
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path


def main(folder: Path, done: Path, *requirements: str) -> int:
    """The exit status of pip."""
    python = folder / "bin" / "python"
    if not works(python):
        print(f"{folder}: made with Python {platform.python_version()} ({sys.executable})", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
    pins = [
        pin for file in requirements for pin in re.findall(r"(?m)^[\w.-]+==", Path(file).read_text(encoding="utf-8"))
    ]
    print(f"{folder}: {len(pins)} packages of {', '.join(requirements)}", flush=True)
    status = install(python, requirements)
    if status == 0:
        done.touch()
    return status


def works(python: Path) -> bool:
    """Whether the environment has an interpreter and pip. One whose making was stopped may lack either."""
    try:
        return subprocess.run((python, "-m", "pip", "--version"), capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def install(python: Path, requirements: tuple[str, ...]) -> int:
    """Shows each package that is looked for, and all that pip has to say where it fails."""
    files = [argument for file in requirements for argument in ("--requirement", file)]
    command = (python, "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes", *files)
    said = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            said.append(line)
            if found := re.match(r"Collecting (\S+)|Processing \S*/(\S+)|Installing collected", line):
                print(f"  {found[1] or found[2] or 'writing them'}", flush=True)
    if pip.returncode:
        print("".join(said), file=sys.stderr)
    return pip.returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]))
