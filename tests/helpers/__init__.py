"""Real servers, devices and hand-written fakes that tests share."""
