"""Pages in, what other websites show of them out: cards, frames, oEmbed answers, an element, and how to use them."""
