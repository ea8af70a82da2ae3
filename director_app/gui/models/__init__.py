"""What the windows show and what keys do, as plain data. Holds no Qt."""
