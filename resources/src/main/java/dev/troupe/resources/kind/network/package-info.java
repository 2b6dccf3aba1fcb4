/// Services and what stands behind them.
@NullMarked
package dev.troupe.resources.kind.network;

import org.jspecify.annotations.NullMarked;
