"""The site as readers meet it: a real Chromium on the real `ledger serve`."""
