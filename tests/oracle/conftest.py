"""The second reading and the profiles are plain modules beside these tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
