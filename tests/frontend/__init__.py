"""The browser side, with a kernel of straw."""
