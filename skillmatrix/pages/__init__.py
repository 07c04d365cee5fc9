"""The pages, one module each; a notebook is a thin door to one of them."""

from skillmatrix.pages.first_paint import first_paint

__all__ = ["first_paint"]
