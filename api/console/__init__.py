"""The desk of hotline staff at `/console`: pages rendered here, plain forms, one small script."""
