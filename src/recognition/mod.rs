//! Floor 3: text and lexicon in, mentions and entities out.
