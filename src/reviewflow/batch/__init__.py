"""Many documents: finding them, working through them, writing what comes out, going on after a break."""
