"""The whole loop: compose what is known, ask the upstream model, remember afterwards."""
