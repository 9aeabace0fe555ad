"""The demo brand: a fictional maker of down jackets, the same to the last digit for one seed and one day."""
