"""The design pipeline: an idea becomes pictures, products like them, and who can sew them."""
