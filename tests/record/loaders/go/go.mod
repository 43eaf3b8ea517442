module rootlens.dev/loaders

go 1.27
