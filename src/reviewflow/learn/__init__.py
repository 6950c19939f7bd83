"""Learning to propose: features, training, calibration, evaluation, prediction, the model store."""
