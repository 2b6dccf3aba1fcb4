/// A proxy for TCP whose links are slow, narrow, silent or cut when they are told to be.
@NullMarked
package dev.troupe.testkit.proxy;

import org.jspecify.annotations.NullMarked;
