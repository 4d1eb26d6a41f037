"""An article's text taken apart: blocks, sentences, words, names, speech."""
