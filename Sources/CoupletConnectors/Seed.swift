enum SeedCoupletConnectors {}
