"""Money: from amounts and the words around them to fundings, by the rules of DESIGN §5."""
