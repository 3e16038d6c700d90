"""The assistant as a model: OpenAI's chat completions, for programs that speak them."""
