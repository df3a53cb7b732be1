package blob

import (
	"bufio"
	"context"
	"errors"
	"io"
	"iter"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"heed/kernel/fault"
)

// S3Config says where a bucket is. The secret does not show when the value is
// printed.
type S3Config struct {
	Endpoint  string // host or host:port, without scheme
	Bucket    string // must exist
	Prefix    string // put before every name; may be empty, else ends with a slash
	Region    string
	AccessKey string
	SecretKey Secret
	Plain     bool // http instead of https; for a server on the same host
}

// Secret is a text that is never printed.
type Secret string

// String hides the secret.
func (Secret) String() string { return "(hidden)" }

// GoString hides the secret.
func (Secret) GoString() string { return "(hidden)" }

// S3 keeps files in a bucket of an S3-compatible service, as needed where
// several nodes share them.
type S3 struct {
	client         *minio.Client
	bucket, prefix string
}

var _ Store = (*S3)(nil)

// partSize is how much of a file is in memory while it is sent in parts.
const partSize = 16 << 20

// NewS3 returns a store in a bucket. It does not connect; call Check for that.
func NewS3(c S3Config) (*S3, error) {
	client, err := minio.New(c.Endpoint, &minio.Options{
		Creds:  credentials.NewStaticV4(c.AccessKey, string(c.SecretKey), ""),
		Secure: !c.Plain,
		Region: c.Region,
	})
	if err != nil {
		return nil, fault.Invalid("blob.s3_config", "the file store's address %q cannot be used; give the host, and the port if it is not the usual one, without http", c.Endpoint).Because(err)
	}
	return &S3{client, c.Bucket, c.Prefix}, nil
}

// Put sends a file. The service shows it only when it is whole.
func (s *S3) Put(ctx context.Context, name string, r io.Reader) (int64, error) {
	if err := checkName(name); err != nil {
		return 0, err
	}
	source := &watched{ctx: ctx, r: r}
	body, size := bufio.NewReader(source), int64(-1)
	if sized, ok := r.(interface{ Size() int64 }); ok {
		size = sized.Size()
	} else if _, err := body.Peek(1); errors.Is(err, io.EOF) {
		size = 0
	}
	info, err := s.client.PutObject(ctx, s.bucket, s.prefix+name, body, size, minio.PutObjectOptions{
		PartSize:    partSize,
		ContentType: "application/octet-stream",
		// Signing the chunks of nothing makes a request without a length, which
		// servers refuse.
		DisableContentSha256: size == 0,
	})
	if source.err != nil {
		return 0, source.err
	}
	if err != nil {
		return 0, s.fail(ctx, name, err)
	}
	return info.Size, nil
}

// Get opens a file. Bytes are fetched when they are read.
func (s *S3) Get(ctx context.Context, name string) (Object, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	o, err := s.client.GetObject(ctx, s.bucket, s.prefix+name, minio.GetObjectOptions{})
	if err != nil {
		return nil, s.fail(ctx, name, err)
	}
	info, err := o.Stat()
	if err != nil {
		_ = o.Close() // nothing was opened yet
		return nil, s.fail(ctx, name, err)
	}
	return s3Object{o, info.Size}, nil
}

type s3Object struct {
	*minio.Object
	size int64
}

// Size is the length when the file was opened.
func (o s3Object) Size() int64 { return o.size }

// Delete removes a file.
func (s *S3) Delete(ctx context.Context, name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	err := s.client.RemoveObject(ctx, s.bucket, s.prefix+name, minio.RemoveObjectOptions{})
	if err != nil && !isAbsent(err) {
		return s.fail(ctx, name, err)
	}
	return nil
}

// Exists returns the size of a file.
func (s *S3) Exists(ctx context.Context, name string) (int64, bool, error) {
	if err := checkName(name); err != nil {
		return 0, false, err
	}
	info, err := s.client.StatObject(ctx, s.bucket, s.prefix+name, minio.StatObjectOptions{})
	switch {
	case err == nil:
		return info.Size, true, nil
	case isAbsent(err):
		return 0, false, nil
	default:
		return 0, false, s.fail(ctx, name, err)
	}
}

// List gives the names with a prefix.
func (s *S3) List(ctx context.Context, prefix string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		objects := s.client.ListObjectsIter(ctx, s.bucket, minio.ListObjectsOptions{Prefix: s.prefix + prefix, Recursive: true})
		for o := range objects {
			if o.Err != nil {
				yield("", s.fail(ctx, prefix, o.Err))
				return
			}
			if !yield(strings.TrimPrefix(o.Key, s.prefix), nil) {
				return
			}
		}
	}
}

// Check tells whether the bucket can be written and read.
func (s *S3) Check(ctx context.Context) error { return check(ctx, s) }

func isAbsent(err error) bool { return minio.ToErrorResponse(err).Code == minio.NoSuchKey }

// fail gives what a service says a kind.
func (s *S3) fail(ctx context.Context, name string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if isAbsent(err) {
		return unknown(name)
	}
	switch minio.ToErrorResponse(err).Code {
	case minio.NoSuchBucket:
		return fault.Busy("blob.s3_bucket", "the file store has no bucket %q; create it, or name another in the configuration", s.bucket).Because(err)
	case minio.AccessDenied, "InvalidAccessKeyId", "SignatureDoesNotMatch":
		return fault.Busy("blob.s3_denied", "the file store refuses our key; check the access key and what it may do with bucket %q", s.bucket).Because(err)
	default:
		return fault.Busy("blob.s3_unavailable", "the file store does not answer as it should; nothing was changed, and the same will be tried again").Because(err)
	}
}
