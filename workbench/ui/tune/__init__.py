"""The tune page: check what will be learned, start, watch, take the result along."""

"along."
