"""From a pile of news articles to a brief whose every sentence can be traced to its source."""
