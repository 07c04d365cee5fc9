"""Charts: figures to keep, each with its words and its table."""

from skillmatrix.charts.chart import Chart
from skillmatrix.charts.dumbbell import Ends, change_plot, dumbbell
from skillmatrix.charts.gap import gap_plot, gap_plots
from skillmatrix.charts.theme import DARK, LIGHT, THEMES, Theme, contrast

__all__ = [
    "DARK",
    "LIGHT",
    "THEMES",
    "Chart",
    "Ends",
    "Theme",
    "change_plot",
    "contrast",
    "dumbbell",
    "gap_plot",
    "gap_plots",
]
