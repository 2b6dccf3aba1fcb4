package dev.troupe.apiserver.share;

/// How much of the server each kind of request may have. Whoever shows no credentials has a small
/// share, and none of the others'; questions about health need none, and those about the server
/// have one of their own, so that they are answered whatever else goes on. Streams are not counted.
///
/// Reads, writes and long answers wait for a place, as a refusal costs clients a second. What waits
/// is bounded by number, by bytes and by time.
///
/// @param unknown requests without credentials, until their answers have been taken
/// @param reads requests that are being carried out
/// @param looks those of them that are about the server, and not about what it stores
/// @param bodies bytes of bodies that have not come whole
/// @param answers bytes of long answers that have not been taken
public record Shares(
    Gate unknown, Gate reads, Gate looks, Gate writes, Gate bodies, Gate answers) {}
