"""Charts: figures to keep, each with its words and its table."""

from skillmatrix.charts.chart import Chart
from skillmatrix.charts.gap import gap_plot, gap_plots
from skillmatrix.charts.theme import DARK, LIGHT, THEMES, Theme, contrast

__all__ = ["DARK", "LIGHT", "THEMES", "Chart", "Theme", "contrast", "gap_plot", "gap_plots"]
