"""Training of the extraction model. torch lives here and nowhere else."""
