"""What is wrong with documents: schemas, the rules of the specifications, a second opinion. Nothing here writes."""
