"""Type checkers find the package where it is installed, editable too, and take what users write."""

import shutil
import subprocess
import sys
from pathlib import Path


def test_users_calls_pass_a_strict_type_checker(tmp_path):
    calls = shutil.copy(Path(__file__).parent / "users_calls.py", tmp_path)  # apart from the project's own settings
    command = [sys.executable, "-m", "mypy", "--strict", "--ignore-missing-imports", calls]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert found.returncode == 0, found.stdout

    wrong = tmp_path / "wrong.py"
    wrong.write_text("import mnist_tutorial as mt\nmt.one_hot([1], num_classes='10')\n", encoding="utf-8")
    found = subprocess.run([*command[:-1], wrong], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert 'Argument "num_classes" to "one_hot" has incompatible type "str"' in found.stdout
