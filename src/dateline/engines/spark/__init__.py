"""The engine for Spark: coding with `mapInArrow`, linking in blocks with `applyInArrow`. Only here is Spark imported."""
