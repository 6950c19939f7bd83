"""The OpenAPI description of the JSON interface. What it says of parameters and bodies is what requests are held to."""
