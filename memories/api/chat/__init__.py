"""OpenAI's chat protocol: any of its clients, pointed here, has a memory."""
