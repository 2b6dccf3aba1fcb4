package dev.troupe.clusterconfig.engine;

import com.typesafe.config.Config;
import dev.troupe.runtime.store.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;

/// What a store is opened with.
///
/// @param directory of a store that is files
/// @param config of the whole member: the settings of every engine
/// @param ended called once if the store cannot go on
public record StoreOpening(
    Path directory, Config config, InstantSource clock, Consumer<StoreException> ended) {}
