"""What the workbook costs: library, store and page, measured beside a reference in one run."""
