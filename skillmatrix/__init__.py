"""A career self-assessment workbook: anchors, evidence, and a verdict that explains itself."""
