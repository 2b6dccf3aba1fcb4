package dev.troupe.resources.codec;

/// Reads one representation. Safe for any number of threads; never throws because of the body.
@FunctionalInterface
public interface DocumentDecoder {

  Decoding decode(byte[] body);
}
